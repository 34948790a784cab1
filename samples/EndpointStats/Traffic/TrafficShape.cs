using System.Globalization;

namespace EndpointStats.Traffic;

/// <summary>Who comes when: a slow wave, a quick one, and chance. The same seed gives the same visitors. Not thread-safe.</summary>
internal sealed class TrafficShape(Random random)
{
    private const double SlowWaveSeconds = 600;
    private const double QuickWaveSeconds = 47;
    private const int Users = 500;

    // Weights in a hundred.
    private static readonly (int Weight, string Path)[] Visits =
    [
        (34, "/api/stats"), (24, "/api/users/"), (14, "/"), (12, "/api/report"), (9, "/login"), (6, "/health"), (1, "/wp-login.php"),
    ];

    /// <summary>Requests a second, after so many seconds of running, where the average is 1.</summary>
    public static double Level(double seconds) =>
        1 + (0.3 * Math.Sin(2 * Math.PI * seconds / SlowWaveSeconds)) + (0.12 * Math.Sin(2 * Math.PI * seconds / QuickWaveSeconds));

    /// <summary>Seconds until the next visitor, when so many a second come on average: independent of one another, so the pauses are exponential.</summary>
    public double NextPause(double rate) => -Math.Log(1 - random.NextDouble()) / rate;

    /// <summary>What the next visitor wants.</summary>
    public TrafficRequest NextRequest()
    {
        int drawn = random.Next(100);
        foreach ((int weight, string path) in Visits)
        {
            drawn -= weight;
            if (drawn < 0)
            {
                return path switch
                {
                    "/api/users/" => new TrafficRequest(HttpMethod.Get, path + random.Next(Users).ToString(CultureInfo.InvariantCulture)),
                    "/login" => new TrafficRequest(HttpMethod.Post, path),
                    _ => new TrafficRequest(HttpMethod.Get, path),
                };
            }
        }

        throw new System.Diagnostics.UnreachableException("the weights are a hundred");
    }
}
