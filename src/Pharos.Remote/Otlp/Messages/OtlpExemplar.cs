namespace Pharos.Remote.Otlp.Messages;

/// <summary>An observation that stands for others.</summary>
internal struct OtlpExemplar()
{
    /// <summary>In <see cref="OtlpMessage.ExemplarAttributes"/>.</summary>
    public Slice Attributes { get; set; }

    /// <summary>Nanoseconds since the Unix epoch; 0 where unknown.</summary>
    public ulong Time { get; set; }

    public double Value { get; set; }

    public bool HasValue { get; set; }

    /// <summary>32 hexadecimal digits, or empty.</summary>
    public string TraceId { get; set; } = "";

    /// <summary>16 hexadecimal digits, or empty.</summary>
    public string SpanId { get; set; } = "";
}
