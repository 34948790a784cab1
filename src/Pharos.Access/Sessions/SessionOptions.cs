namespace Pharos.Access.Sessions;

/// <summary>How long sessions live, and how many there are.</summary>
public sealed record SessionOptions
{
    /// <summary>A session that is not used so long ends.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A session ends so long after its sign-in, used or not.</summary>
    public TimeSpan Absolute { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Sessions of one user; with one more the one that was used longest ago ends.</summary>
    public int PerUser { get; init; } = 20;

    /// <summary>How old the stored time of the last use may be: each writing costs a flush of the disk.</summary>
    public TimeSpan UseInterval { get; init; } = TimeSpan.FromHours(1);
}
