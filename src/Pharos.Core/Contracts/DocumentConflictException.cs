namespace Pharos.Core.Contracts;

/// <summary>The document is not what the writer believed: read it again and decide anew. Nothing was written.</summary>
public sealed class DocumentConflictException : Exception
{
    /// <summary>Names the document, what was expected and what is there.</summary>
    public DocumentConflictException(string message)
        : base(message)
    {
    }
}
