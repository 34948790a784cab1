namespace Pharos.PromQL.Functions;

/// <summary>
/// Computes a range function for all steps of one series. An instance belongs to one worker and keeps its scratch from series to series.
/// </summary>
internal abstract class RangeKernel
{
    /// <summary>Writes every value and the whole presence bitmap of <paramref name="output"/>.</summary>
    public abstract void Compute(in RangeInput input, RowSpan output);
}
