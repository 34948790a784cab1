using System.Globalization;
using System.Text;

namespace Pharos.Templating.Syntax;

/// <summary>One named template: its nodes, and the text they come from.</summary>
/// <param name="Name">The name it is called by.</param>
/// <param name="FileName">The name of the text that defines it, for messages.</param>
/// <param name="Source">The whole text.</param>
/// <param name="Root">Its nodes.</param>
internal sealed record TemplateTree(string Name, string FileName, string Source, ListNode Root)
{
    /// <summary>Whether there is nothing but space: such a definition gives way to another one.</summary>
    public bool IsEmpty => Root.Nodes.All(static n => n is TextNode text && string.IsNullOrWhiteSpace(text.Text));

    /// <summary>A place as <c>name:line:column</c>; columns count UTF-8 bytes from 0.</summary>
    public string Locate(int position)
    {
        ReadOnlySpan<char> before = Source.AsSpan(0, Math.Min(position, Source.Length));
        int line = before.Count('\n') + 1;
        int column = Encoding.UTF8.GetByteCount(before[(before.LastIndexOf('\n') + 1)..]);
        return string.Create(CultureInfo.InvariantCulture, $"{FileName}:{line}:{column}");
    }
}
