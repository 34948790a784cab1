namespace EndpointStats.Traffic;

/// <summary>What <c>POST /traffic</c> takes; what is left out stays.</summary>
internal sealed record TrafficChange(double? Errors, double? Slowness, double? Rate)
{
    public TrafficSettings ApplyTo(TrafficSettings settings) =>
        new(Errors ?? settings.Errors, Slowness ?? settings.Slowness, Rate ?? settings.Rate);
}
