using System.Globalization;
using Pharos.Core.Labels;
using Pharos.Templating.Formatting;

namespace Pharos.Templating.Prometheus;

/// <summary>The functions of rule templates, for one evaluation.</summary>
public sealed class RuleTemplateFunctions
{
    private const string ResultType = "template.queryResult";

    private static readonly TemplateParameter Any = TemplateParameter.Any;
    private static readonly TemplateParameter Text = TemplateParameter.String;
    private static readonly TemplateParameter Sample = TemplateParameter.Of<QuerySample>("*template.sample");

    private static readonly TemplateParameter Result =
        new(ResultType, TemplateParameterKind.Object, static v => v is TemplateList { TypeName: ResultType });

    private readonly RuleTemplateContext _context;

    /// <param name="context">Where and when.</param>
    /// <param name="forPages">Also <c>tmpl</c>, which upstream has in HTML pages only.</param>
    public RuleTemplateFunctions(RuleTemplateContext context, bool forPages = false)
    {
        _context = context;
        All = new TemplateFunctions([.. OfQueries(), .. OfNumbers(), .. OfTexts(), .. forPages ? OfPages() : []]);
    }

    /// <summary>All of them, with those of Go.</summary>
    public TemplateFunctions All { get; }

    private IEnumerable<TemplateFunction> OfQueries() =>
    [
        new("query", [Text], (run, a) => Query((string)a[0]!, run.Cancellation)),
        new("first", [Result], static (_, a) => ((TemplateList)a[0]!).Items is [var first, ..]
            ? first
            : throw new TemplateFunctionException("first() called on vector with no elements")),
        new("label", [Text, Sample], static (_, a) => Label((QuerySample)a[1]!, (string)a[0]!)),
        new("value", [Sample], static (_, a) => ((QuerySample)a[0]!).Value),
        new("strvalue", [Sample], static (_, a) => Label((QuerySample)a[0]!, "__value__")),
        new("sortByLabel", [Text, Result], static (_, a) => Sort((string)a[0]!, (TemplateList)a[1]!)),
        new("args", [Any], static (_, a) => new TemplateMap(a.Select(static (v, i) => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"arg{i}"), v))), IsVariadic: true),
    ];

    private static IEnumerable<TemplateFunction> OfPages() => [new("tmpl", [Text, Any], static (run, a) => Expand(run, (string)a[0]!, a[1]))];

    private IEnumerable<TemplateFunction> OfNumbers() =>
    [
        new("humanize", [Any], static (_, a) => Humanizing.Humanize(Humanizing.ToFloat(a[0]))),
        new("humanize1024", [Any], static (_, a) => Humanizing.Humanize1024(Humanizing.ToFloat(a[0]))),
        SharedFunctions.HumanizeDuration,
        new("humanizePercentage", [Any], static (_, a) => Humanizing.Percentage(Humanizing.ToFloat(a[0]))),
        new("humanizeTimestamp", [Any], static (_, a) => Humanizing.Timestamp(Humanizing.ToFloat(a[0]))),
        new("toTime", [Any], static (_, a) => Humanizing.ToTime(Humanizing.ToFloat(a[0]))),
        new("toDuration", [Any], static (_, a) => Humanizing.ToDuration(Humanizing.ToFloat(a[0]))),
        new("now", [], (_, _) => _context.Timestamp / 1000.0),
        new("parseDuration", [Text], static (_, a) => TextFunctions.ParseDuration((string)a[0]!)),
    ];

    private IEnumerable<TemplateFunction> OfTexts() =>
    [
        SharedFunctions.Match,
        SharedFunctions.ReplaceAll,
        new("title", [Text], static (_, a) => TextFunctions.Title((string)a[0]!)),
        SharedFunctions.ToUpper,
        SharedFunctions.ToLower,
        SharedFunctions.SafeHtml,
        new("urlQueryEscape", [Text], static (_, a) => HtmlText.EscapeQuery((string)a[0]!)),
        new("graphLink", [Text], static (_, a) => TextFunctions.GraphLink((string)a[0]!, 0)),
        new("tableLink", [Text], static (_, a) => TextFunctions.GraphLink((string)a[0]!, 1)),
        new("stripPort", [Text], static (_, a) => TextFunctions.StripPort((string)a[0]!)),
        new("stripDomain", [Text], static (_, a) => TextFunctions.StripDomain((string)a[0]!)),
        new("pathPrefix", [], (_, _) => _context.ExternalUrl?.AbsolutePath.TrimEnd('/') ?? ""),
        new("externalURL", [], (_, _) => _context.ExternalUrl?.OriginalString ?? ""),
    ];

    private TemplateList Query(string expression, CancellationToken cancellation)
    {
        IReadOnlyList<QuerySample> rows = _context.Query?.Invoke(expression, cancellation)
            ?? throw new TemplateFunctionException("queries are not possible here");
        return new TemplateList(rows, ResultType);
    }

    private static string Label(QuerySample sample, string name) => sample.Labels.TryGet(name, out object? value) ? (string)value! : "";

    // Stable.
    private static TemplateList Sort(string label, TemplateList rows) =>
        new([.. rows.Items.Cast<QuerySample>().OrderBy(r => Label(r, label), Utf8Ordinal.Comparer)], ResultType);

    private static TemplateHtml Expand(TemplateRun run, string name, object? data)
    {
        if (run.Depth >= run.Options.MaxDepth)
        {
            throw new TemplateFunctionException($"exceeded maximum template depth ({run.Options.MaxDepth})");
        }

        run.Depth++;
        var text = new TemplateHtml(run.Execute(name, data));
        run.Depth--;
        return text;
    }
}
