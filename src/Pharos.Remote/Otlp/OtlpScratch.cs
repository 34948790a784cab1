using Pharos.Remote.Otlp.Messages;
using Pharos.Remote.Otlp.Translation;

namespace Pharos.Remote.Otlp;

/// <summary>What one request at a time needs and the next one can use again.</summary>
internal sealed class OtlpScratch
{
    private readonly OtlpProtoReader _protobuf;
    private readonly OtlpJsonReader _json;

    public OtlpScratch(OtlpLimits limits)
    {
        var strings = new Utf8Strings();
        Message = new OtlpMessage(limits);
        Output = new TranslatedBatch(limits, Log);
        _protobuf = new OtlpProtoReader(Message, strings);
        _json = new OtlpJsonReader(Message, strings);
    }

    public OtlpMessage Message { get; }

    public TranslationLog Log { get; } = new();

    public TranslatedBatch Output { get; }

    public bool IsWorthKeeping => Message.IsWorthKeeping && Output.IsWorthKeeping;

    /// <summary>Reads a request into <see cref="Message"/>; what is wrong with it, or null.</summary>
    public string? Read(ReadOnlySpan<byte> request, bool isJson) => isJson ? _json.Read(request) : _protobuf.Read(request);

    public void Clear()
    {
        Message.Clear();
        Log.Clear();
        Output.Clear();
    }
}
