namespace Pharos.Core.Contracts;

/// <summary>The document is there and cannot be used; a person has to mend or remove it. Others of its kind are not touched by this.</summary>
public sealed class DocumentUnreadableException : Exception
{
    /// <summary>Names the place and the reason.</summary>
    public DocumentUnreadableException(UnreadableDocument document)
        : base($"{document.Place}: {document.Reason}")
    {
        Document = document;
    }

    /// <summary>Which one, and why.</summary>
    public UnreadableDocument Document { get; }
}
