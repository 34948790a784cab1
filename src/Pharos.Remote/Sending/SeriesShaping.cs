using Pharos.Core.Labels;
using Pharos.Core.Relabeling;

namespace Pharos.Remote.Sending;

/// <summary>What a queue makes of the labels of series before it sends them.</summary>
/// <param name="IsVersion2">Labels are sent as references to symbols.</param>
/// <param name="ExternalLabels">Added where a series has none of the name.</param>
/// <param name="RelabelConfigs">Applied then.</param>
/// <param name="TypeAndUnitLabels">Types and units are labels, and sent as metadata from there.</param>
internal sealed record SeriesShaping(bool IsVersion2, Labels ExternalLabels, IReadOnlyList<RelabelConfig> RelabelConfigs, bool TypeAndUnitLabels)
{
    /// <summary>Whether labels are sent otherwise than they are stored.</summary>
    public bool ChangesLabels => ExternalLabels.Count > 0 || RelabelConfigs.Count > 0;
}
