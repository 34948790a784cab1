using System.Globalization;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Relabeling;

namespace Pharos.Config.Relabeling;

/// <summary>Reads lists of relabelling steps.</summary>
public static class RelabelConfigReader
{
    private static readonly ReplacementRegex Nothing = ReplacementRegex.Parse("");

    /// <summary>A list of steps, each checked.</summary>
    /// <param name="map">The section that holds the list.</param>
    /// <param name="key">The field, as <c>relabel_configs</c>.</param>
    /// <param name="validation">Which label names the steps may write.</param>
    /// <param name="nullMessage">Upstream's message about a step that is null.</param>
    public static IReadOnlyList<RelabelConfig> RelabelConfigs(this YamlMapping map, string key, NameValidation validation, string nullMessage) =>
        map.Sections(key, "relabel.plain", step => Read(step, validation), nullMessage);

    private static RelabelConfig Read(YamlMapping map, NameValidation validation)
    {
        var config = new RelabelConfig
        {
            SourceLabels = map.Strings("source_labels", isFlow: true),
            Separator = map.String("separator", RelabelConfig.DefaultSeparator),
            Regex = ReadRegex(map),
            Modulus = ReadModulus(map),
            TargetLabel = map.String("target_label"),
            Replacement = map.String("replacement", RelabelConfig.DefaultReplacement, always: map.Has("replacement")),
            Action = ReadAction(map),
            NameValidation = validation,
        };
        CheckSourceLabels(map, config);
        if (!map.HasRefused && config.Validate() is { } problem)
        {
            map.Refuse(problem);
        }

        return config;
    }

    // The default is that very object: upstream tells "not set" from an equal pattern. A null pattern is the empty one.
    private static ReplacementRegex ReadRegex(YamlMapping map)
    {
        ReplacementRegex regex = map.Parse("regex", RelabelConfig.DefaultRegex, Nothing, ParseRegex, "a regular expression in RE2 syntax");
        if (!ReferenceEquals(regex, RelabelConfig.DefaultRegex))
        {
            map.Record("regex", CanonicalScalar.OfText(regex.Pattern), always: true);
        }

        return regex;
    }

    private static ReplacementRegex ParseRegex(string text)
    {
        try
        {
            return ReplacementRegex.Parse(text);
        }
        catch (RegexSyntaxException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static ulong ReadModulus(YamlMapping map)
    {
        YamlNode? node = map.Take("modulus");
        if (node is null || node.IsNull)
        {
            return 0;
        }

        if (!YamlScalar.TryInteger(node, out Int128 value) || value < 0 || value > ulong.MaxValue)
        {
            map.Refuse("modulus", $"cannot unmarshal {YamlScalar.ResolveTag(node)} into uint64", "a whole number that is not negative");
            return 0;
        }

        map.Record("modulus", CanonicalScalar.OfLiteral(value.ToString(CultureInfo.InvariantCulture)));
        return (ulong)value;
    }

    private static RelabelAction ReadAction(YamlMapping map)
    {
        RelabelAction action = map.Parse("action", RelabelAction.Replace, RelabelAction.None, static text => RelabelActionText.TryParse(text, out RelabelAction known)
            ? known
            : throw new FormatException(text.Length == 0 ? "relabel action cannot be empty" : $"unknown relabel action {ConfigText.Quote(text)}"),
            "one of " + string.Join(", ", Enum.GetValues<RelabelAction>().Where(static a => a != RelabelAction.None).Select(RelabelActionText.ToText)));
        map.Record("action", CanonicalScalar.OfText(action.ToText()));
        return action;
    }

    private static void CheckSourceLabels(YamlMapping map, RelabelConfig config)
    {
        foreach (string label in config.SourceLabels)
        {
            if (!LabelName.IsUtf8(label))
            {
                map.Refuse("source_labels", $"{ConfigText.Quote(label)} is not a valid label name");
            }
        }
    }
}
