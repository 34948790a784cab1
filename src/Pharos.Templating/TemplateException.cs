namespace Pharos.Templating;

/// <summary>A template is not well-formed, or failed while it ran. The message is worded as Go's, with name, line and column.</summary>
public sealed class TemplateException(string message) : Exception(message);
