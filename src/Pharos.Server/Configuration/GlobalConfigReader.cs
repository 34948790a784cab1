using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;

namespace Pharos.Server.Configuration;

/// <summary>Reads the <c>global</c> section.</summary>
internal static class GlobalConfigReader
{
    /// <param name="map">The section.</param>
    /// <param name="environment">The value of an environment variable; null when it is not set.</param>
    public static GlobalConfig Read(YamlMapping map, Func<string, string?> environment)
    {
        ScrapeDefaults scrape = ScrapeDefaults.Read(map);
        return new GlobalConfig
        {
            Scrape = scrape,
            EvaluationInterval = map.Duration("evaluation_interval", TimeSpan.FromMinutes(1), zeroMeansAbsent: true),
            RuleQueryOffset = map.Duration("rule_query_offset"),
            QueryLogFile = map.Path("query_log_file", isOutput: true),
            ExternalLabels = ReadExternalLabels(map, scrape.NameValidation, environment),
        };
    }

    private static Labels ReadExternalLabels(YamlMapping map, NameValidation validation, Func<string, string?> environment)
    {
        const string Key = "external_labels";
        var labels = new LabelsBuilder();
        var shown = new CanonicalMapping();
        foreach (YamlEntry entry in map.Entries(Key, "labels.Labels").OrderBy(static e => e.Key.Text, StringComparer.Ordinal))
        {
            string name = entry.Key.Text;
            if (!(validation == NameValidation.Legacy ? LabelName.IsLegacy(name) : LabelName.IsUtf8(name)))
            {
                map.Diagnostics.Error(entry.Key.Position, $"{ConfigText.Quote(name)} is not a valid label name", name);
            }
            else if (entry.Value.Kind != YamlKind.Scalar)
            {
                map.Diagnostics.Error(entry.Value.Position, $"cannot unmarshal {YamlScalar.ResolveTag(entry.Value)} into string", expected: "a text");
            }
            else
            {
                string value = Expand(map, entry.Value, environment);
                labels.Set(name, value);
                shown.Add(name, CanonicalScalar.OfText(value));
            }
        }

        map.Record(Key, shown, always: shown.Fields.Count > 0);
        return labels.ToLabels();
    }

    private static string Expand(YamlMapping map, YamlNode node, Func<string, string?> environment)
    {
        string text = node.IsNull ? "" : node.Text;
        if (text.Length > 0 && !LabelName.IsUtf8(text))
        {
            map.Diagnostics.Error(node.Position, $"{ConfigText.Quote(text)} is not a valid label value", text);
            return "";
        }

        return EnvironmentExpansion.Expand(text, name =>
        {
            if (name == "$")
            {
                return "$";
            }

            string value = environment(name) ?? "";
            if (value.Length == 0)
            {
                map.Diagnostics.Warn(node.Position, $"Empty environment variable {name}");
            }

            return value;
        });
    }
}
