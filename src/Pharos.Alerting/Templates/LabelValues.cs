using Pharos.Core.Labels;
using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>Names with values as templates see them: upstream's <c>KV</c>, with its methods.</summary>
/// <param name="values">The labels or annotations.</param>
/// <param name="isNil">Shown as <c>null</c> in JSON.</param>
public sealed class LabelValues(IEnumerable<KeyValuePair<string, string>> values, bool isNil = false)
    : TemplateMap(values.Select(static v => KeyValuePair.Create(v.Key, (object?)v.Value)), "template.KV", ""), IJsonValue
{
    private const string AlertName = "alertname";

    private static readonly TemplateParameter Keys = new(
        "[]string",
        TemplateParameterKind.Object,
        static v => v is TemplateList { TypeName: TextList.PlainType } or TextList);

    /// <summary>Of a label set.</summary>
    public static LabelValues Of(Labels labels) => new(labels.Select(static l => KeyValuePair.Create(l.Name, l.Value)));

    /// <summary>By name, <c>alertname</c> first.</summary>
    internal LabelPairs SortedPairs() => new([.. Pairs().Where(static p => p.Name == AlertName), .. Pairs().Where(static p => p.Name != AlertName)]);

    /// <inheritdoc/>
    public override TemplateFunction? Method(string name) => name switch
    {
        "SortedPairs" => new TemplateFunction(name, [], (_, _) => SortedPairs()),
        "Names" => new TemplateFunction(name, [], (_, _) => SortedPairs().Names()),
        "Values" => new TemplateFunction(name, [], (_, _) => SortedPairs().Values()),
        "Remove" => new TemplateFunction(name, [Keys], (_, a) => Remove((TemplateList)a[0]!)),
        "String" => new TemplateFunction(name, [], (_, _) => Text()),
        _ => null,
    };

    /// <inheritdoc/>
    public override string Text() => SortedPairs().Text();

    void IJsonValue.WriteTo(GoJsonWriter json)
    {
        if (isNil)
        {
            json.Raw("null");
        }
        else
        {
            json.Map(Entries);
        }
    }

    private IEnumerable<LabelPair> Pairs() => Entries.Select(static e => new LabelPair(e.Key, (string)e.Value!));

    private LabelValues Remove(TemplateList keys)
    {
        HashSet<string> removed = [.. keys.Items.OfType<string>()];
        return new LabelValues(Entries.Where(e => !removed.Contains(e.Key)).Select(static e => KeyValuePair.Create(e.Key, (string)e.Value!)));
    }
}
