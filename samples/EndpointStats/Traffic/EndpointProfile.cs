namespace EndpointStats.Traffic;

/// <summary>How an endpoint behaves on a good day.</summary>
/// <param name="MedianSeconds">Half of its requests take longer.</param>
/// <param name="Spread">The standard deviation of the logarithm of what they take.</param>
/// <param name="Errors">The share that fails.</param>
internal sealed record EndpointProfile(double MedianSeconds, double Spread, double Errors)
{
    public static readonly EndpointProfile Home = new(0.004, 0.5, 0);
    public static readonly EndpointProfile Health = new(0.001, 0.3, 0);
    public static readonly EndpointProfile Stats = new(0.045, 0.7, 0.003);
    public static readonly EndpointProfile User = new(0.025, 0.6, 0.002);
    public static readonly EndpointProfile Report = new(0.22, 0.5, 0.006);
    public static readonly EndpointProfile Login = new(0.08, 0.3, 0.001);
}
