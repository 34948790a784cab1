using Pharos.Remote.Otlp.Translation;

namespace Pharos.Remote.Otlp;

/// <summary>What was received since the start. Readable from any thread while requests are served.</summary>
public sealed class OtlpCounters
{
    private readonly long[] _warnings = new long[Enum.GetValues<TranslationWarning>().Length];
    private long _samplesAppended;
    private long _samplesRefused;
    private long _exemplarsAppended;
    private long _exemplarsIgnored;
    private long _exemplarsOutOfOrder;
    private long _requestsRefused;

    /// <summary>Samples stored.</summary>
    public long SamplesAppended => Interlocked.Read(ref _samplesAppended);

    /// <summary>Samples refused for their time: out of order, duplicate, too old, too far ahead.</summary>
    public long SamplesRefused => Interlocked.Read(ref _samplesRefused);

    /// <summary>Exemplars stored.</summary>
    public long ExemplarsAppended => Interlocked.Read(ref _exemplarsAppended);

    /// <summary>Exemplars received and not stored, for whatever reason.</summary>
    public long ExemplarsIgnored => Interlocked.Read(ref _exemplarsIgnored);

    /// <summary>Exemplars refused as older than the newest of their series; upstream's <c>prometheus_api_otlp_out_of_order_exemplars_total</c>.</summary>
    public long ExemplarsOutOfOrder => Interlocked.Read(ref _exemplarsOutOfOrder);

    /// <summary>Requests of which nothing was stored: malformed, too large, or with something that cannot be translated.</summary>
    public long RequestsRefused => Interlocked.Read(ref _requestsRefused);

    /// <summary>Warnings of a category; upstream's <c>prometheus_api_otlp_translation_warnings_total</c>.</summary>
    public long WarningsOf(TranslationWarning category) => Interlocked.Read(ref _warnings[(int)category]);

    internal void CountRefusedRequest() => Interlocked.Increment(ref _requestsRefused);

    internal void Add(OtlpTally tally)
    {
        Interlocked.Add(ref _samplesAppended, tally.Appended);
        Interlocked.Add(ref _samplesRefused, tally.Refused);
        Interlocked.Add(ref _exemplarsAppended, tally.ExemplarsAppended);
        Interlocked.Add(ref _exemplarsIgnored, tally.Exemplars - tally.ExemplarsAppended);
        Interlocked.Add(ref _exemplarsOutOfOrder, tally.ExemplarsOutOfOrder);
    }

    internal void Add(TranslationLog log)
    {
        for (int category = 0; category < _warnings.Length; category++)
        {
            Interlocked.Add(ref _warnings[category], log.WarningsOf((TranslationWarning)category));
        }
    }
}
