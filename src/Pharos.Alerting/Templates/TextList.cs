using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>Texts with a method to join them: upstream's <c>Strings</c>, or plain ones.</summary>
internal sealed class TextList(IReadOnlyList<string> texts, string typeName = "template.Strings") : TemplateList(texts, typeName)
{
    /// <summary>Texts without methods.</summary>
    public const string PlainType = "[]string";

    public override TemplateFunction? Method(string name) =>
        name == "Join" && TypeName != PlainType ? new TemplateFunction(name, [TemplateParameter.String], (_, a) => string.Join((string)a[0]!, texts)) : null;
}
