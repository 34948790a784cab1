using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>Names with values in order: upstream's <c>Pairs</c>.</summary>
internal sealed class LabelPairs(IReadOnlyList<LabelPair> pairs) : TemplateList(pairs, "template.Pairs")
{
    public TextList Names() => new([.. pairs.Select(static p => p.Name)]);

    public TextList Values() => new([.. pairs.Select(static p => p.Value)]);

    public override TemplateFunction? Method(string name) => name switch
    {
        "Names" => new TemplateFunction(name, [], (_, _) => Names()),
        "Values" => new TemplateFunction(name, [], (_, _) => Values()),
        "String" => new TemplateFunction(name, [], (_, _) => Text()),
        _ => null,
    };

    public override string Text() => string.Join(", ", pairs.Select(static p => $"{p.Name}={p.Value}"));
}
