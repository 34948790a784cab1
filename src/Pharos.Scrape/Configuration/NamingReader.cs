using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Scrape.Configuration;

/// <summary>Reads which names are valid and how others are escaped.</summary>
internal static class NamingReader
{
    private const string ValidationKey = "metric_name_validation_scheme";
    private const string EscapingKey = "metric_name_escaping_scheme";

    /// <summary>The scheme; null where the field is absent or empty.</summary>
    public static NameValidation? ReadNameValidation(this YamlMapping map, NameValidation inherited)
    {
        NameValidation? value = map.Parse<NameValidation?>(ValidationKey, null, null, static text => text switch
        {
            "" => null,
            "utf8" => NameValidation.Utf8,
            "legacy" => NameValidation.Legacy,
            _ => throw new FormatException($"unrecognized ValidationScheme: {ConfigText.Quote(text)}"),
        }, "utf8 or legacy");
        map.Record(ValidationKey, CanonicalScalar.OfText((value ?? inherited) == NameValidation.Legacy ? "legacy" : "utf8"));
        return value;
    }

    /// <summary>The scheme, or what it is when the field is absent or empty.</summary>
    public static NameEscaping ReadNameEscaping(this YamlMapping map, NameEscaping inherited, string owner)
    {
        NameEscaping value = map.Parse(EscapingKey, inherited, inherited, text => text.Length == 0 ? inherited : Parse(text)
            ?? throw new FormatException($"unknown {owner} name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got {ConfigText.Quote(text)}"),
            "allow-utf-8, underscores, dots or values");
        map.Record(EscapingKey, CanonicalScalar.OfText(ToText(value)));
        return value;
    }

    /// <summary>The scheme that goes with names of this kind.</summary>
    public static NameEscaping DefaultFor(NameValidation validation) => validation == NameValidation.Legacy ? NameEscaping.Underscores : NameEscaping.None;

    private static NameEscaping? Parse(string text)
    {
        foreach (NameEscaping escaping in Enum.GetValues<NameEscaping>())
        {
            if (string.Equals(ToText(escaping), text, StringComparison.Ordinal))
            {
                return escaping;
            }
        }

        return null;
    }

    private static string ToText(NameEscaping escaping) => escaping switch
    {
        NameEscaping.Underscores => "underscores",
        NameEscaping.Dots => "dots",
        NameEscaping.Values => "values",
        _ => "allow-utf-8",
    };
}
