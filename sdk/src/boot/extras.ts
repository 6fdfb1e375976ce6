// What few pages need, in a file that is loaded when one does: see docs/decisions/0024.
export { graphqlSighting } from '../domain/markers/graphql-errors';
export { facesError, facesErrorSighting } from '../domain/markers/faces-answers';
export { facesMessageSighting } from '../domain/markers/faces-messages';
export { createCanvasPictures } from '../domain/recording/canvas-pictures';
export { createJoinedFrames } from '../domain/recording/joined-frames';
export { networkDetail } from '../domain/recording/network-detail';
export { knockAt } from './knock';
export { takeFromFrame } from './told-by-frame';
