namespace Pharos.PromQL.Functions;

/// <summary>What the start timestamps of two neighbouring samples of a counter tell; all in Unix milliseconds, 0 where there is none.</summary>
internal static class StartTimes
{
    /// <summary>Whether the counter started anew between the two samples.</summary>
    public static bool IsReset(long previousStart, long previousTime, long start, long time)
    {
        if (start == 0 || start >= time || start < previousTime)
        {
            return false;
        }

        // A start at the sample before is how deltas come, unless that one's own start is not known: then it is an unknown start of a counter.
        return start > previousTime || (previousStart <= previousTime && previousStart != 0 && previousStart != previousTime);
    }

    /// <summary>Whether the sample claims a time that the one before it covers already.</summary>
    public static bool Overlaps(long previousStart, long previousTime, long start) => start != 0 && start < previousTime && start != previousStart;
}
