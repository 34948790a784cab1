namespace Pharos.Templating;

/// <summary>A list that templates read.</summary>
/// <param name="items">Not to be changed afterwards.</param>
/// <param name="typeName">As messages name it.</param>
public sealed class TemplateList(IReadOnlyList<object?> items, string typeName = "[]interface {}")
{
    public IReadOnlyList<object?> Items { get; } = items;

    public string TypeName { get; } = typeName;
}
