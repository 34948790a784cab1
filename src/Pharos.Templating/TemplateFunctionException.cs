namespace Pharos.Templating;

/// <summary>A function refuses what it was given. The message becomes <c>error calling NAME: message</c> with the place of the call.</summary>
public sealed class TemplateFunctionException(string message) : Exception(message);
