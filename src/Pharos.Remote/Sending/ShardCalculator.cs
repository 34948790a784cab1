using Pharos.Remote.Configuration;

namespace Pharos.Remote.Sending;

/// <summary>How many shards a queue needs, by upstream's calculation: from how much comes in, how long sending takes, and how far behind the queue is.</summary>
internal sealed class ShardCalculator(RemoteQueueConfig config)
{
    private const double Weight = 0.2;
    private const double Tolerance = 0.3; // of too many shards, before they become fewer
    private const double CatchUp = 0.05; // of the backlog a second
    private const double MostBehindForFewer = 10; // seconds

    /// <summary>How often it is calculated.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long _inBefore = -1;

    /// <summary>What is stored.</summary>
    public EwmaRate In { get; } = new(Weight, Interval);

    /// <summary>What is not sent because relabelling drops its series.</summary>
    public EwmaRate Dropped { get; } = new(Weight, Interval);

    /// <summary>What was sent, with success or for good without.</summary>
    public EwmaRate Out { get; } = new(Weight, Interval);

    /// <summary>How long that took, in ticks of <see cref="TimeSpan"/>.</summary>
    public EwmaRate OutTicks { get; } = new(Weight, Interval);

    /// <summary>What the last calculation gave, before it was bounded.</summary>
    public double Desired { get; private set; } = config.MinShards;

    /// <summary>Once an interval.</summary>
    /// <param name="shards">How many there are.</param>
    /// <param name="stored">What was stored since the start.</param>
    /// <param name="newestStored">Seconds since the epoch.</param>
    /// <param name="newestSent">Seconds since the epoch.</param>
    public int Calculate(int shards, long stored, double newestStored, double newestSent)
    {
        In.Add(_inBefore < 0 ? 0 : stored - _inBefore);
        _inBefore = stored;
        In.Tick();
        Out.Tick();
        Dropped.Tick();
        OutTicks.Tick();
        if (Out.Rate <= 0)
        {
            return shards;
        }

        double kept = Out.Rate / (Dropped.Rate + Out.Rate);
        double delay = newestStored - newestSent;
        double secondsEach = OutTicks.Rate / TimeSpan.TicksPerSecond / Out.Rate;
        Desired = secondsEach * ((In.Rate * kept) + (CatchUp * delay * In.Rate * kept));
        double wanted = Math.Ceiling(Desired);
        if (shards * (1 - Tolerance) <= wanted && wanted <= shards * (1 + Tolerance))
        {
            return shards;
        }

        return wanted < shards && delay > MostBehindForFewer ? shards : (int)Math.Clamp(wanted, config.MinShards, config.MaxShards);
    }
}
