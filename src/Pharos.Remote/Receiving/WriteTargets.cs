using Pharos.Core.Contracts;

namespace Pharos.Remote.Receiving;

/// <summary>Where what is received goes.</summary>
/// <param name="Appender">Takes samples and histograms.</param>
/// <param name="Exemplars">Takes exemplars; null: they are only counted.</param>
/// <param name="Metadata">Takes what version 2 says about series; null: nobody.</param>
/// <param name="TypeAndUnitLabels">Whether types and units of version 2 become labels of the series.</param>
public sealed record WriteTargets(ISeriesAppender Appender, IExemplarAppender? Exemplars = null, IMetadataAppender? Metadata = null, bool TypeAndUnitLabels = false);
