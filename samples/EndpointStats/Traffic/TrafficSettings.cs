using System.Globalization;

namespace EndpointStats.Traffic;

/// <summary>How the application behaves and what it is asked.</summary>
/// <param name="Errors">The share of requests that fail on top of the few that always do, 0 to 1.</param>
/// <param name="Slowness">Seconds that every request takes longer, 0 to 30.</param>
/// <param name="Rate">Requests a second on average, 0 to 500.</param>
internal sealed record TrafficSettings(double Errors, double Slowness, double Rate)
{
    private const double MaxSlowness = 30;
    private const double MaxRate = 500;

    /// <summary>What is out of bounds, as <c>errors 2 is not between 0 and 1</c>; null when nothing is.</summary>
    internal string? Problem => Check("errors", Errors, 1) ?? Check("slowness", Slowness, MaxSlowness) ?? Check("rate", Rate, MaxRate);

    private static string? Check(string name, double value, double max) =>
        value >= 0 && value <= max ? null : string.Create(CultureInfo.InvariantCulture, $"{name} {value} is not between 0 and {max}");
}
