using System.Text;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api.Ui;

/// <summary>Places in a query: the parser counts bytes, a page characters.</summary>
internal sealed class TextPlaces
{
    private readonly byte[] _bytes;
    private readonly bool _isAscii;

    public TextPlaces(string text)
    {
        _bytes = Encoding.UTF8.GetBytes(text);
        _isAscii = _bytes.Length == text.Length;
    }

    /// <summary>Offset and length in characters (UTF-16); what lies outside of the text is cut off.</summary>
    public UiPlace Of(PositionRange position)
    {
        int start = Math.Clamp(position.Start, 0, _bytes.Length);
        int end = Math.Clamp(position.End, start, _bytes.Length);
        return _isAscii
            ? new UiPlace(Offset: start, Length: end - start)
            : new UiPlace(Offset: Encoding.UTF8.GetCharCount(_bytes, 0, start), Length: Encoding.UTF8.GetCharCount(_bytes, start, end - start));
    }
}
