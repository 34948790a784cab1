using Pharos.Core.Labels;
using Pharos.Core.Relabeling;

namespace Pharos.Server.Lifecycle;

/// <summary>How the alerts of rules are rewritten before they leave. Swapped whole by a reload.</summary>
internal sealed record AlertRewriting(Labels ExternalLabels, IReadOnlyList<RelabelConfig> Configs)
{
    public static AlertRewriting None { get; } = new(Labels.Empty, []);
}
