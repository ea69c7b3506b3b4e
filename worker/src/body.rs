//! Reading a body within a limit.

use futures_util::StreamExt;
use worker::Request;

/// The body; `None` when it is longer than `bytes_max`. It is not read further than that.
pub(crate) async fn read(
    request: &mut Request,
    bytes_max: usize,
) -> worker::Result<Option<Vec<u8>>> {
    let length = request
        .headers()
        .get("content-length")?
        .and_then(|length| length.parse::<usize>().ok());
    if let Some(length) = length {
        if length > bytes_max {
            return Ok(None);
        }
        let body = request.bytes().await?;
        return Ok((body.len() <= bytes_max).then_some(body));
    }
    let mut body = Vec::new();
    let Ok(mut stream) = request.stream() else {
        return Ok(Some(body));
    };
    while let Some(chunk) = stream.next().await {
        body.extend(chunk?);
        if body.len() > bytes_max {
            return Ok(None);
        }
    }
    Ok(Some(body))
}
