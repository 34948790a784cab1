namespace Pharos.Access.Authentication;

/// <summary>The limits of an <see cref="Authenticator"/>.</summary>
public sealed record AuthenticatorOptions
{
    /// <summary>Failures that an address (of IPv6 a /64) has at once.</summary>
    public int AddressBurst { get; init; } = 30;

    /// <summary>In which one failure of an address wears off.</summary>
    public TimeSpan AddressInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Failures that a user's name has at once, whether there is such a user or not.</summary>
    public int UserBurst { get; init; } = 10;

    /// <summary>In which one failure of a name wears off.</summary>
    public TimeSpan UserInterval { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How many addresses, and how many names, are kept for that.</summary>
    public int TrackedKeys { get; init; } = 10_000;

    /// <summary>How many right passwords are remembered.</summary>
    public int RememberedPasswords { get; init; } = 2_000;

    /// <summary>How many passwords are checked at once: each check keeps a processor busy for a tenth of a second.</summary>
    public int ParallelChecks { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many more may wait for that.</summary>
    public int WaitingChecks { get; init; } = 64;
}
