namespace Pharos.PromQL.Planning;

/// <summary>The times a query asks for.</summary>
/// <param name="Start">The first step, milliseconds since the Unix epoch.</param>
/// <param name="End">The last moment, inclusive; before <paramref name="Start"/> there are no steps.</param>
/// <param name="StepMs">Milliseconds from step to step; 0 for an instant query.</param>
internal readonly record struct QueryWindow(long Start, long End, long StepMs)
{
    /// <summary>From the first moment to the last, in seconds.</summary>
    public double RangeSeconds => (double)((Int128)End - Start) / 1000;

    public bool IsInstant => StepMs == 0;
}
