namespace EndpointStats.Traffic;

/// <summary>
/// Does the work of a request, which here is to take as long, and to fail as often, as the profile and the switch say. Thread-safe.
/// </summary>
internal sealed class Workload(TrafficSwitch traffic, Random random, TimeProvider clock)
{
    private const double MaxSeconds = 60;

    private readonly Lock _randomLock = new();

    /// <summary>Takes its time.</summary>
    /// <returns>The status of the answer: 200, 500 for a failure of its own, 503 for one that was switched on.</returns>
    public async Task<int> WorkAsync(EndpointProfile profile, CancellationToken cancellationToken)
    {
        TrafficSettings settings = traffic.Settings;
        (double seconds, double luck) = Draw(profile);
        await Task.Delay(TimeSpan.FromSeconds(Math.Min(seconds + settings.Slowness, MaxSeconds)), clock, cancellationToken).ConfigureAwait(false);
        return luck < settings.Errors ? StatusCodes.Status503ServiceUnavailable
            : luck < settings.Errors + profile.Errors ? StatusCodes.Status500InternalServerError
            : StatusCodes.Status200OK;
    }

    private (double Seconds, double Luck) Draw(EndpointProfile profile)
    {
        lock (_randomLock)
        {
            // A normal number out of two even ones (Box and Muller); the first is never 0.
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (profile.MedianSeconds * Math.Exp(profile.Spread * normal), random.NextDouble());
        }
    }
}
