namespace Pharos.Alerting.Silencing;

/// <summary>How silences are kept.</summary>
public sealed record SilenceOptions
{
    /// <summary>How long they are kept after their end.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(120);

    /// <summary>Most silences, ended ones included; zero for upstream's "no limit", which here is <see cref="Ceiling"/>.</summary>
    public int MaxSilences { get; init; }

    /// <summary>Most bytes of one; zero for upstream's "no limit", which here is <see cref="CeilingBytes"/>.</summary>
    public int MaxSilenceBytes { get; init; }

    /// <summary>The limit where no flag sets one.</summary>
    public const int Ceiling = 100_000;

    /// <summary>The limit of one silence where no flag sets one.</summary>
    public const int CeilingBytes = 1 << 20;
}
