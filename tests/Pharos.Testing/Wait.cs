namespace Pharos.Testing;

/// <summary>Waits for what another thread does, where it gives no signal of its own.</summary>
public static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the condition holds; fails with what was waited for when it does not in half a minute.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(condition, what, Deadline);

    /// <summary>The same within another time.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what, TimeSpan deadline)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > deadline)
            {
                throw new TimeoutException($"waited {deadline.TotalSeconds} s for {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
