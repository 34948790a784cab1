namespace Pharos.Rules.Views;

/// <summary>The states of an alert, and of an alerting rule: that of its worst alert. The order is that of severity.</summary>
public enum AlertState
{
    /// <summary>The rule was not evaluated yet.</summary>
    Unknown,

    /// <summary>The condition does not hold.</summary>
    Inactive,

    /// <summary>The condition holds, but not for long enough yet.</summary>
    Pending,

    /// <summary>The condition has held for as long as the rule asks, or ceased a moment ago and is kept.</summary>
    Firing,
}
