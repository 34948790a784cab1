using System.Globalization;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Templating;
using Pharos.Templating.Prometheus;

namespace Pharos.Rules.Files;

/// <summary>Reads the rules of one group.</summary>
internal sealed class RuleReader(ConfigDiagnostics diagnostics, RuleFileOptions options, string group)
{
    private readonly RuleNames _check = new(options.NameValidation);
    private int _count;

    /// <summary>Null when the rule has no usable expression; the diagnostics say why.</summary>
    public RuleConfig? Read(YamlMapping map)
    {
        _count++;
        string record = map.String("record");
        string alert = map.String("alert");
        string text = map.String("expr");
        TimeSpan holds = map.Duration("for");
        TimeSpan keeps = map.Duration("keep_firing_for");
        string name = alert.Length > 0 ? alert : record;
        IReadOnlyDictionary<string, string> labels = map.StringMap("labels", (n, v) => Prefixed(name, _check.CheckLabel(n, v)));
        IReadOnlyDictionary<string, string> annotations = map.StringMap("annotations", (n, _) => Prefixed(name, _check.CheckAnnotation(n)));
        if (alert.Length > 0)
        {
            CheckTemplates(map, "labels", "label", alert, labels);
            CheckTemplates(map, "annotations", "annotation", alert, annotations);
        }

        if (options.IgnoreUnknownFields)
        {
            foreach (string key in map.Keys)
            {
                map.Take(key);
            }
        }

        if (record.Length > 0 == alert.Length > 0)
        {
            string which = record.Length > 0 ? "only one of 'record' and 'alert' must be set" : "one of 'record' or 'alert' must be set";
            Refuse(map, record.Length > 0 ? "alert" : "", name, which);
        }

        if (record.Length > 0)
        {
            CheckRecording(map, name, record, holds, keeps, annotations.Count > 0);
        }

        return ParseExpr(map, name, text) is { } expr
            ? new RuleConfig
            {
                Record = record,
                Alert = alert,
                ExprText = text,
                Expr = expr,
                For = holds,
                KeepFiringFor = keeps,
                Labels = labels,
                Annotations = annotations,
                Position = map.Position,
            }
            : null;
    }

    private Expr? ParseExpr(YamlMapping map, string name, string text)
    {
        if (text.Length == 0)
        {
            Refuse(map, "expr", name, "field 'expr' must be set in rule");
            return null;
        }

        try
        {
            return PromQLParser.ParseExpr(text, options.Expressions);
        }
        catch (PromQLException e)
        {
            Refuse(map, "expr", name, $"could not parse expression: {e.Message}");
            return null;
        }
    }

    // As upstream: templates are parsed, not run.
    private void CheckTemplates(YamlMapping map, string key, string kind, string alert, IReadOnlyDictionary<string, string> templates)
    {
        foreach ((string name, string text) in templates)
        {
            try
            {
                _ = RuleTemplate.Parse("__alert_" + alert, text);
            }
            catch (TemplateException e)
            {
                Refuse(map, key, alert, $"{kind} {ConfigText.Quote(name)}: {e.Message}");
            }
        }
    }

    private void CheckRecording(YamlMapping map, string name, string record, TimeSpan holds, TimeSpan keeps, bool hasAnnotations)
    {
        if (hasAnnotations)
        {
            Refuse(map, "annotations", name, "invalid field 'annotations' in recording rule");
        }

        if (holds != TimeSpan.Zero)
        {
            Refuse(map, "for", name, "invalid field 'for' in recording rule");
        }

        if (keeps != TimeSpan.Zero)
        {
            Refuse(map, "keep_firing_for", name, "invalid field 'keep_firing_for' in recording rule");
        }

        if (!_check.IsMetricName(record))
        {
            Refuse(map, "record", name, $"invalid recording rule name: {record}");
        }
        else if (record.AsSpan().ContainsAny('{', '}'))
        {
            Refuse(map, "record", name, $"braces present in the recording rule name; should it be in expr?: {record}");
        }
    }

    private void Refuse(YamlMapping map, string key, string name, string message) => diagnostics.Error(map.PositionOf(key), Prefixed(name, message)!);

    // As upstream: group "node", rule 1, "InstanceDown": ...
    private string? Prefixed(string name, string? message) => message is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"group {ConfigText.Quote(group)}, rule {_count}, {ConfigText.Quote(name)}: {message}");
}
