namespace Pharos.Core.Contracts;

/// <summary>What of the log a reader wants to see; the rest is passed over without being decoded.</summary>
[Flags]
public enum LogContent
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The labels of series, before their first samples.</summary>
    Series = 1,

    /// <summary>Samples of floats.</summary>
    Samples = 2,

    /// <summary>Exemplars.</summary>
    Exemplars = 4,

    /// <summary>Types, units and help texts.</summary>
    Metadata = 8,

    /// <summary>Native histograms.</summary>
    Histograms = 16,
}
