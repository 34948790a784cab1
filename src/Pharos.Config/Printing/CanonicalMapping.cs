namespace Pharos.Config.Printing;

/// <summary>Fields in the order in which they were read. Filled by the reader of the section, then left alone.</summary>
public sealed class CanonicalMapping : CanonicalNode
{
    private readonly List<KeyValuePair<string, CanonicalNode>> _fields = [];

    /// <summary>In the order in which they are printed.</summary>
    public IReadOnlyList<KeyValuePair<string, CanonicalNode>> Fields => _fields;

    /// <inheritdoc/>
    public override bool IsEmpty => _fields.TrueForAll(static f => f.Value.IsEmpty);

    /// <summary>Adds a field.</summary>
    public void Add(string name, CanonicalNode value) => _fields.Add(new KeyValuePair<string, CanonicalNode>(name, value));
}
