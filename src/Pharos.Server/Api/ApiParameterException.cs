using Pharos.Core.Labels;

namespace Pharos.Server.Api;

/// <summary>A request asks for what cannot be answered; becomes the error of the API with status 400.</summary>
internal sealed class ApiParameterException : Exception
{
    /// <summary>Takes the whole message.</summary>
    public ApiParameterException(string message)
        : base(message)
    {
    }

    /// <summary>Says which parameter is wrong, in upstream's form.</summary>
    public static ApiParameterException Of(string parameter, string problem) => new($"invalid parameter {GoQuote.Quote(parameter)}: {problem}");
}
