namespace EndpointStats.Hosting;

/// <summary>A flag, or the variable of the environment in its place, is wrong; the message is for people.</summary>
internal sealed class FlagException(string message) : Exception(message);
