namespace Pharos.PromQL.Functions;

/// <summary>
/// The windows of the last few lists of timestamps. Series of targets that first came in together lie between each other in the order of creation, so their timestamps
/// alternate; one list remembered would be thrown away at each. Owned by one worker.
/// </summary>
internal sealed class RecentWindows
{
    /// <summary>How many lists are remembered: those of a few targets, in what the second-level cache holds.</summary>
    public const int Places = 4;

    private readonly WindowBounds?[] _windows = new WindowBounds?[Places];
    private readonly int _steps;
    private int _last;
    private int _oldest;

    public RecentWindows(int steps)
    {
        _steps = steps;
    }

    /// <summary>The windows <c>(t - range, t]</c> of all steps over these timestamps; times and range are the same at each call. Valid until the next call.</summary>
    public WindowBounds Find(ReadOnlySpan<long> timestamps, StepTimes times, long range)
    {
        for (int i = 0; i < Places; i++)
        {
            int place = (_last + i) % Places;
            if (_windows[place] is { } known && known.Holds(timestamps))
            {
                _last = place;
                return known;
            }
        }

        _last = _oldest;
        _oldest = (_oldest + 1) % Places;
        WindowBounds windows = _windows[_last] ??= new WindowBounds(_steps, _last);
        windows.Update(timestamps, times, range);
        return windows;
    }
}
