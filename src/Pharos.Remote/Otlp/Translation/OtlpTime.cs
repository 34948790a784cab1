namespace Pharos.Remote.Otlp.Translation;

/// <summary>OTLP's times, nanoseconds since the Unix epoch, as milliseconds. Upstream takes the bits for a signed number.</summary>
internal static class OtlpTime
{
    public const long NanosPerMillisecond = 1_000_000;

    /// <summary>Of a sample: what is left over is cut off.</summary>
    public static long ToMilliseconds(ulong nanos) => (long)nanos / NanosPerMillisecond;

    /// <summary>Of an exemplar, or of <c>target_info</c>: towards the past, also before 1970.</summary>
    public static long ToMillisecondsBefore(long nanos) => (long)Math.Floor((decimal)nanos / NanosPerMillisecond);
}
