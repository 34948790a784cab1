using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp.Naming;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>How one request is translated: the configuration as it is now, and what is fixed at the start.</summary>
internal sealed class OtlpSettings
{
    private readonly HashSet<string> _attributes;

    public OtlpSettings(OtlpConfig config, OtlpOptions options)
    {
        Config = config;
        Options = options;

        // As upstream, an empty strategy is that of no translation.
        AllowsUtf8 = config.TranslationStrategy is not ("UnderscoreEscapingWithSuffixes" or "UnderscoreEscapingWithoutSuffixes");
        bool addsSuffixes = config.TranslationStrategy is "UnderscoreEscapingWithSuffixes" or "NoUTF8EscapingWithSuffixes";
        Metrics = new MetricNamer(addsSuffixes, AllowsUtf8);
        Labels = new LabelNamer(AllowsUtf8, config.LabelNameUnderscoreSanitization, config.LabelNamePreserveMultipleUnderscores);
        _attributes = new HashSet<string>(config.PromoteAllResourceAttributes ? config.IgnoreResourceAttributes : config.PromoteResourceAttributes, StringComparer.Ordinal);
    }

    public OtlpConfig Config { get; }

    public OtlpOptions Options { get; }

    public bool AllowsUtf8 { get; }

    public MetricNamer Metrics { get; }

    /// <summary>Remembers names; so the settings belong to one thread.</summary>
    public LabelNamer Labels { get; }

    /// <summary>Whether a resource attribute becomes a label of every series.</summary>
    public bool IsPromoted(string attribute) => _attributes.Contains(attribute) != Config.PromoteAllResourceAttributes;
}
