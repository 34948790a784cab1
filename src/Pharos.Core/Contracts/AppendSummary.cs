namespace Pharos.Core.Contracts;

/// <summary>Counts over one batch.</summary>
/// <param name="Appended">Samples stored, or present already with the same value.</param>
/// <param name="OutOfOrder">Samples refused as <see cref="AppendResult.OutOfOrder"/>.</param>
/// <param name="Duplicates">Samples refused as <see cref="AppendResult.DuplicateTimestamp"/>.</param>
/// <param name="TooOld">Samples refused as <see cref="AppendResult.TooOld"/>.</param>
/// <param name="UnknownSeries">Samples refused as <see cref="AppendResult.UnknownSeries"/>.</param>
public readonly record struct AppendSummary(int Appended, int OutOfOrder, int Duplicates, int TooOld, int UnknownSeries)
{
    /// <summary>Samples that were not stored.</summary>
    public int Refused => OutOfOrder + Duplicates + TooOld + UnknownSeries;
}
