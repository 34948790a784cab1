namespace Pharos.Templating;

/// <summary>A list that templates read. A class of its own may give it methods and a text.</summary>
/// <param name="items">Not to be changed afterwards.</param>
/// <param name="typeName">As messages name it.</param>
public class TemplateList(IReadOnlyList<object?> items, string typeName = "[]interface {}")
{
    public IReadOnlyList<object?> Items { get; } = items;

    public string TypeName { get; } = typeName;

    /// <summary>A method of the type.</summary>
    public virtual TemplateFunction? Method(string name) => null;

    /// <summary>How the type prints itself; null: as any list.</summary>
    public virtual string? Text() => null;
}
