using System.Diagnostics;

namespace Pharos.Testing.Processes;

/// <summary>Waits for what another process does: asks again and again until the answer is yes or the deadline has passed.</summary>
public static class Until
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the condition holds; a failure says what was waited for and the state that <paramref name="describe"/> gives.</summary>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, Func<string> describe, TimeSpan? patience = null)
    {
        var watch = Stopwatch.StartNew();
        string last = "";
        while (watch.Elapsed < (patience ?? Patience))
        {
            try
            {
                if (await condition())
                {
                    return;
                }

                last = "";
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or KeyNotFoundException)
            {
                last = $" (last attempt: {e.Message})";
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new TimeoutException($"waited {watch.Elapsed.TotalSeconds:F0} s for {what}{last}; state:\n{describe()}");
    }
}
