namespace Pharos.Alerting.Matchers;

/// <summary>Which syntax of matchers is read; upstream's feature flags.</summary>
public enum MatcherMode
{
    /// <summary>Both: what only the classic syntax takes, or takes otherwise, means what it meant before.</summary>
    Fallback = 0,

    /// <summary>Only the classic syntax; label names of the old form.</summary>
    Classic,

    /// <summary>Only the UTF-8 syntax.</summary>
    Utf8,
}
