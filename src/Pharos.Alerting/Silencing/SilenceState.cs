namespace Pharos.Alerting.Silencing;

/// <summary>Where a silence stands in its time.</summary>
public enum SilenceState
{
    /// <summary>Begins later.</summary>
    Pending,

    /// <summary>Mutes now.</summary>
    Active,

    /// <summary>Has ended; kept to be looked at for the retention.</summary>
    Expired,
}
