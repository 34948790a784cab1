using Pharos.Core.Contracts;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp.Messages;
using Pharos.Remote.Otlp.Translation;

namespace Pharos.Remote.Otlp;

/// <summary>What one request at a time needs and the next one can use again.</summary>
internal sealed class OtlpScratch
{
    private readonly OtlpProtoReader _protobuf;
    private readonly OtlpJsonReader _json;
    private OtlpSettings? _settings;

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

    /// <summary>The samples of known series on their way into the store.</summary>
    public SampleBatch Batch { get; } = new();

    public bool IsWorthKeeping => Message.IsWorthKeeping && Output.IsWorthKeeping;

    /// <summary>The settings for a configuration; those of the request before where it has not changed, with the names that they remember.</summary>
    public OtlpSettings SettingsFor(OtlpConfig config, OtlpOptions options) =>
        _settings is { } settings && ReferenceEquals(settings.Config, config) ? settings : _settings = new OtlpSettings(config, options);

    /// <summary>Reads a request into <see cref="Message"/>; what is wrong with it, or null.</summary>
    public string? Read(ReadOnlySpan<byte> request, bool isJson) => isJson ? _json.Read(request) : _protobuf.Read(request);

    public void Clear()
    {
        Message.Clear();
        Log.Clear();
        Output.Clear();
        Batch.Clear();
    }
}
