using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Remote.Configuration;

/// <summary>How OpenTelemetry metrics become series.</summary>
public sealed record OtlpConfig
{
    private const string DefaultStrategy = "UnderscoreEscapingWithSuffixes";

    /// <summary>Every resource attribute becomes a label, the ignored ones excepted.</summary>
    public bool PromoteAllResourceAttributes { get; init; }

    public IReadOnlyList<string> PromoteResourceAttributes { get; init; } = [];

    public IReadOnlyList<string> IgnoreResourceAttributes { get; init; } = [];

    /// <summary>One of UnderscoreEscapingWithSuffixes, UnderscoreEscapingWithoutSuffixes, NoUTF8EscapingWithSuffixes, NoTranslation; empty as the first.</summary>
    public string TranslationStrategy { get; init; } = DefaultStrategy;

    public bool KeepIdentifyingResourceAttributes { get; init; }

    public bool ConvertHistogramsToNhcb { get; init; }

    public bool PromoteScopeMetadata { get; init; }

    /// <summary>A label that starts with an underscore gets <c>key_</c> before it.</summary>
    public bool LabelNameUnderscoreSanitization { get; init; } = true;

    public bool LabelNamePreserveMultipleUnderscores { get; init; } = true;

    /// <summary>Reads the <c>otlp</c> section.</summary>
    public static OtlpConfig Read(YamlMapping map, NameValidation validation)
    {
        var config = new OtlpConfig
        {
            PromoteAllResourceAttributes = map.Bool("promote_all_resource_attributes"),
            PromoteResourceAttributes = Trim(map.Strings("promote_resource_attributes")),
            IgnoreResourceAttributes = Trim(map.Strings("ignore_resource_attributes")),
            TranslationStrategy = map.String("translation_strategy", DefaultStrategy),
            KeepIdentifyingResourceAttributes = map.Bool("keep_identifying_resource_attributes"),
            ConvertHistogramsToNhcb = map.Bool("convert_histograms_to_nhcb"),
            PromoteScopeMetadata = map.Bool("promote_scope_metadata"),
            LabelNameUnderscoreSanitization = map.Bool("label_name_underscore_sanitization", absent: true),
            LabelNamePreserveMultipleUnderscores = map.Bool("label_name_preserve_multiple_underscores", absent: true),
        };
        config.CheckStrategy(map, validation);
        config.CheckAttributes(map);
        return config;
    }

    private void CheckStrategy(YamlMapping map, NameValidation validation)
    {
        switch (TranslationStrategy)
        {
            case "" or DefaultStrategy or "UnderscoreEscapingWithoutSuffixes":
                break;
            case "NoTranslation" or "NoUTF8EscapingWithSuffixes":
                if (validation == NameValidation.Legacy)
                {
                    map.Refuse("translation_strategy", $"OTLP translation strategy {ConfigText.Quote(TranslationStrategy)} is not allowed when UTF8 is disabled");
                }

                break;
            default:
                map.Refuse("translation_strategy", $"unsupported OTLP translation strategy {ConfigText.Quote(TranslationStrategy)}",
                    "one of UnderscoreEscapingWithSuffixes, UnderscoreEscapingWithoutSuffixes, NoUTF8EscapingWithSuffixes, NoTranslation");
                break;
        }
    }

    private void CheckAttributes(YamlMapping map)
    {
        if (PromoteAllResourceAttributes && PromoteResourceAttributes.Count > 0)
        {
            map.Refuse("promote_resource_attributes", "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be configured simultaneously");
        }
        else if (!PromoteAllResourceAttributes && IgnoreResourceAttributes.Count > 0)
        {
            map.Refuse("ignore_resource_attributes", "'ignore_resource_attributes' cannot be configured unless 'promote_all_resource_attributes' is true");
        }
        else
        {
            CheckEach(map, "promote_resource_attributes", PromoteResourceAttributes, "promoted");
            CheckEach(map, "ignore_resource_attributes", IgnoreResourceAttributes, "ignored");
        }
    }

    private static void CheckEach(YamlMapping map, string key, IReadOnlyList<string> attributes, string adjective)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string attribute in attributes)
        {
            if (attribute.Length == 0)
            {
                map.Refuse(key, $"invalid '{key}': empty {adjective} OTel resource attribute");
            }
            else if (!seen.Add(attribute))
            {
                map.Refuse(key, $"invalid '{key}': duplicated {adjective} OTel resource attribute {ConfigText.Quote(attribute)}");
            }
        }
    }

    private static IReadOnlyList<string> Trim(IReadOnlyList<string> attributes) => [.. attributes.Select(static a => a.Trim())];
}
