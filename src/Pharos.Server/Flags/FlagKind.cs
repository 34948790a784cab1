namespace Pharos.Server.Flags;

/// <summary>How a flag's text is read and printed again.</summary>
internal enum FlagKind
{
    /// <summary>Present or absent: <c>--name</c>, <c>--no-name</c>; takes no value.</summary>
    Switch,

    Text,

    /// <summary>A whole number; <c>5e7</c> is one too.</summary>
    Integer,

    Float,

    /// <summary>A duration in Prometheus' form: <c>1d12h</c>.</summary>
    Duration,

    /// <summary>A duration in Go's form: <c>1.5s</c>, <c>2ms</c>.</summary>
    GoDuration,

    /// <summary>A size with a unit, powers of two: <c>512MB</c>.</summary>
    Bytes,

    /// <summary>One of <see cref="FlagDefinition.Choices"/>.</summary>
    Choice,
}
